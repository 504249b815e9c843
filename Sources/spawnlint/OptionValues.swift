import ArgumentParser
import Catalogue
import Project
import Reports

extension Platform: ExpressibleByArgument {}
extension ThreadsOption: ExpressibleByArgument {}
extension WorkersOption: ExpressibleByArgument {}
extension ReportFormat: ExpressibleByArgument {}
extension FailOn: ExpressibleByArgument {}
extension ColorChoice: ExpressibleByArgument {}
