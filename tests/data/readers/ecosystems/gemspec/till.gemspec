# frozen_string_literal: true

require_relative "lib/till/version"

Gem::Specification.new do |spec|
  spec.name          = "till"
  spec.version       = Till::VERSION
  spec.authors       = ["Example Tills", 'A. Counter']
  spec.email         = %w[dev@till.example]
  spec.summary       = "Counts what is in the till"
  spec.homepage      = "https://till.example/ruby"
  spec.files         = Dir["lib/**/*.rb"]
  spec.add_dependency "rack", "~> 2.2"
end
