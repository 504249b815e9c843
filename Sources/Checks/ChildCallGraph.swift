import ChildPath
import Linking
import SpawnIR

/// What the children of one spawn site execute, as far as it leads anywhere: functions with source, the calls between
/// them on the shortest ways, and what each does that ends outside.
public struct ChildCallGraph: Hashable, Codable, Sendable {
  public struct Function: Hashable, Codable, Sendable {
    public var name: String
    /// Of its name.
    public var location: Location
    public var calls: [Call]
    public var events: [Event]

    public init(name: String, location: Location, calls: [Call] = [], events: [Event] = []) {
      self.name = name
      self.location = location
      self.calls = calls
      self.events = events
    }
  }

  /// How the child comes from one function to another.
  public struct Call: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable {
      case call
      /// The child returns out of the function, to its caller.
      case comesBack
      /// The child starts with the function.
      case begins
    }
    public var kind: Kind
    /// Index into `functions`.
    public var target: Int
    /// Nil where no line stands for it.
    public var location: Location?

    public init(kind: Kind, target: Int, location: Location?) {
      self.kind = kind
      self.target = target
      self.location = location
    }
  }

  /// A call of a function without source here, or something else that counts.
  public struct Event: Hashable, Codable, Sendable {
    /// The function called; what happens, where it is no call.
    public var label: String
    public var isCall: Bool
    public var location: Location
    /// Nil: all right.
    public var level: Level?
    public var check: String?

    public init(label: String, isCall: Bool, location: Location, level: Level?, check: String?) {
      self.label = label
      self.isCall = isCall
      self.location = location
      self.level = level
      self.check = check
    }
  }

  /// The first is the function in which the spawn call stands.
  public var functions: [Function]

  public init(functions: [Function]) {
    self.functions = functions
  }
}

/// Collects a graph from the observations of one site.
struct ChildCallGraphBuilder {
  private let places: Places
  private let site: SpawnSiteFacts
  private var functions: [ChildCallGraph.Function] = []
  private var indices: [FunctionID: Int] = [:]
  private var calls: Set<[Int]> = []
  private var events: [Int: [EventKey: Int]] = [:]

  private struct EventKey: Hashable {
    var location: Location
    var label: String
  }

  init(_ site: SpawnSiteFacts, places: Places) {
    self.site = site
    self.places = places
    _ = index(of: site.at.function)
  }

  var graph: ChildCallGraph { ChildCallGraph(functions: functions) }

  /// - Parameters:
  ///   - label: what happens; nil where it is not worth a line.
  ///   - worst: what is reported of it.
  mutating func add(_ observation: Observation, label: String?, isCall: Bool, worst: (Level, String)?) {
    var chain = observation.way
    // The way may end in the place itself.
    if chain.last == observation.at { chain.removeLast() }
    let first = chain.first?.function ?? observation.at.function
    if first != site.at.function {
      let kind: ChildCallGraph.Call.Kind = observation.begins == nil ? .comesBack : .begins
      link(kind, site.at.function, first, kind == .begins ? places.location(site.at) : nil)
    }
    for (number, call) in chain.enumerated() {
      let next = number + 1 < chain.count ? chain[number + 1].function : observation.at.function
      link(.call, call.function, next, places.location(call))
    }
    guard let label else { return }
    note(
      ChildCallGraph.Event(
        label: label, isCall: isCall, location: places.location(observation.at), level: worst?.0,
        check: worst?.1),
      in: index(of: observation.at.function))
  }

  /// Something about the spawn call itself.
  mutating func add(_ label: String, at place: InstructionRef, worst: (Level, String)) {
    note(
      ChildCallGraph.Event(
        label: label, isCall: false, location: places.location(place), level: worst.0, check: worst.1),
      in: index(of: site.at.function))
  }

  private mutating func index(of id: FunctionID) -> Int {
    if let known = indices[id] { return known }
    let number = functions.count
    indices[id] = number
    functions.append(
      ChildCallGraph.Function(
        name: places.program.names[places.program.functions[id].name].text,
        location: places.location(ofFunction: id)))
    return number
  }

  private mutating func link(
    _ kind: ChildCallGraph.Call.Kind, _ from: FunctionID, _ to: FunctionID, _ location: Location?
  ) {
    let source = index(of: from)
    let target = index(of: to)
    // Several calls of one function by another are one line in a picture.
    guard calls.insert([source, target, kind == .call ? 0 : kind == .begins ? 1 : 2]).inserted else { return }
    functions[source].calls.append(ChildCallGraph.Call(kind: kind, target: target, location: location))
  }

  private mutating func note(_ event: ChildCallGraph.Event, in function: Int) {
    let key = EventKey(location: event.location, label: event.label)
    guard let known = events[function]?[key] else {
      events[function, default: [:]][key] = functions[function].events.count
      functions[function].events.append(event)
      return
    }
    if let level = event.level, functions[function].events[known].level.map({ $0 < level }) ?? true {
      functions[function].events[known] = event
    }
  }
}

extension ChildCallGraph {
  /// In the order of their places, so that every run gives the same.
  func sorted() -> ChildCallGraph {
    var sorted = self
    for index in sorted.functions.indices {
      sorted.functions[index].events.sort { ($0.location, $0.label) < ($1.location, $1.label) }
      sorted.functions[index].calls.sort { left, right in
        switch (left.location, right.location) {
        case (let first?, let second?) where first != second: first < second
        case (nil, .some): false
        case (.some, nil): true
        default: left.target < right.target
        }
      }
    }
    return sorted
  }
}

private func < (left: (Location, String), right: (Location, String)) -> Bool {
  left.0 == right.0 ? left.1 < right.1 : left.0 < right.0
}
