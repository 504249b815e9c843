/// The frame of a page that needs nothing beside itself: style and script stand in it, and its policy allows these two
/// alone, so that nothing else in it could run even if it got there.
enum HTMLPage {
  static func render(title: String, body: Markup) -> String {
    let style = String(decoding: PackageResources.report_css, as: UTF8.self)
    let script = String(decoding: PackageResources.report_js, as: UTF8.self)
    let policy =
      "default-src 'none'; base-uri 'none'; form-action 'none';"
      + " style-src '\(source(style))'; script-src '\(source(script))'"
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Markup(trusted: policy))">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>\(Markup(trusted: style))</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      \(body)
      <script>\(Markup(trusted: script))</script>
      </body>
      </html>

      """
    return page.text
  }

  private static func source(_ text: String) -> String {
    "sha256-" + Base64.encoded(SHA256.hash(Array(text.utf8)))
  }

  static func badge(_ word: String) -> Markup {
    "<span class=\"badge \(word)\">\(word)</span>"
  }
}
