# frozen_string_literal: true

require_relative 'resource'
require_relative 'resources/files'
require_relative 'resources/services'
require_relative 'resources/others'

module Converge
  RESOURCES = [
    Template, PlainFile, CookbookFile, Directory, Link, Service, SystemdUnit, Execute, User, Group
  ].to_h { |kind| [kind.word, kind] }.freeze
end
