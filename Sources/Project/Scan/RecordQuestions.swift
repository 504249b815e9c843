/// Where a look at words tells that records of a type may be.
extension TreeScan {
  /// Names of types that stand for the type of that name, the name included.
  func typeNames(of record: String) -> Set<String> {
    guard let name = names.known(record) else { return [record] }
    var found: Set<String> = [record]
    for file in files {
      for words in file.typedefs where words.contains(name) {
        for word in words { found.insert(names.text(word)) }
      }
    }
    return found.subtracting(CWords.types)
  }

  /// Units that have the record's definition, so that they can name its members; nil where no definition was seen.
  func units(knowing record: String) -> Set<Int>? {
    guard let name = names.known(record) else { return nil }
    let wanted = words(Set(typeNames(of: record)).union([record])).union([name])
    var found: Set<Int> = []
    for (number, file) in files.enumerated() {
      let defines = file.records.contains { record in
        record.names.contains(where: wanted.contains) || record.members.contains(where: wanted.contains)
      }
      guard defines else { continue }
      found.formUnion(unitsOfMain[number])
      found.formUnion(includers[number])
    }
    return found.isEmpty ? nil : found
  }

  /// Units in which a record of that type, or one that contains one, may be given its first values in order.
  func units(initializing record: String) -> Set<Int> {
    let types = words(typesContaining(record))
    var lists: Set<Int32> = []
    for file in files {
      for item in file.items where item.kind == .macro && item.initializes { lists.formUnion(item.names) }
    }
    var found: Set<Int> = []
    for (number, file) in files.enumerated() {
      let initializes =
        file.initialized.contains(where: types.contains)
        || file.items.contains { item in
          item.kind == .function
            && (item.initializes || item.mentions.contains(where: lists.contains))
            && item.mentions.contains(where: types.contains)
        }
      guard initializes else { continue }
      found.formUnion(unitsOfMain[number])
      found.formUnion(includers[number])
    }
    return found
  }

  /// Names of the type and of all types that have a member of one of these, not only a pointer to one.
  private func typesContaining(_ record: String) -> Set<String> {
    var found = typeNames(of: record)
    var size = 0
    while found.count > size {
      size = found.count
      let wanted = words(found)
      for file in files {
        for record in file.records where record.members.contains(where: wanted.contains) {
          for name in record.names {
            let text = names.text(name)
            if !CWords.types.contains(text), found.insert(text).inserted {
              found.formUnion(typeNames(of: text))
            }
          }
        }
      }
    }
    return found
  }

  private func words(_ texts: Set<String>) -> Set<Int32> {
    Set(texts.compactMap { names.known($0) })
  }
}
