/// Where a look at words tells that a variable or member may be changed.
extension TreeScan {
  /// Macros that may assign one of their arguments, or take its address, directly or by way of other macros.
  func storingMacros() -> Set<Int32> {
    var found: Set<Int32> = []
    var users: [Int32: [Int32]] = [:]
    for file in files {
      for item in file.items where item.kind == .macro && item.isFunctionLike {
        if item.storesParameter || !item.pastes.isEmpty { found.formUnion(item.names) }
        for callee in item.calls { users[callee, default: []] += item.names }
      }
    }
    var work = Array(found)
    while let macro = work.popLast() {
      for user in users[macro] ?? [] where found.insert(user).inserted { work.append(user) }
    }
    return found
  }

  /// Units in whose text, macros and the inline functions of headers included, a variable or member of that name may
  /// be assigned or its address taken, and those that define such a variable.
  func units(storingTo text: String, macros storing: Set<Int32>) -> Set<Int> {
    guard let start = names.known(text) else { return [] }
    var wanted: Set<Int32> = [start]
    var work = [start]
    var found: Set<Int> = []
    var inlines: Set<Int32> = []
    while let name = work.popLast() {
      for place in mentions(of: name) {
        let item = self[place]
        let stores = item.stores.contains(name)
        switch item.kind {
        case .macro:
          if stores || item.calls.contains(where: storing.contains) {
            found.formUnion(units(mentioning: item.names))
          } else if item.isFunctionLike {
            if item.tail == name { found.formUnion(units(mentioning: item.names)) }
          } else {
            for alias in item.names where wanted.insert(alias).inserted { work.append(alias) }
          }
        case .function:
          let isGiven = item.arguments.contains { $0.word == name && storing.contains($0.callee) }
          guard stores || isGiven else { continue }
          found.formUnion(unitsOfMain[Int(place.file)])
          if !includers[Int(place.file)].isEmpty {
            if item.isStatic {
              inlines.formUnion(item.names)
            } else {
              found.formUnion(includers[Int(place.file)])
            }
          }
        case .outside, .declaration:
          guard stores else { continue }
          found.formUnion(unitsOfMain[Int(place.file)])
          found.formUnion(includers[Int(place.file)])
        }
      }
    }
    // Who holds a header's inline function holds the same as all others.
    for function in inlines {
      let users = units(mentioning: [function])
      if found.isDisjoint(with: users), let first = users.min() { found.insert(first) }
    }
    for (number, file) in files.enumerated() where file.variables.contains(start) {
      found.formUnion(unitsOfMain[number])
      found.formUnion(includers[number].prefix(1))
    }
    return found
  }
}
