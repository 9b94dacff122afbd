#!/usr/bin/env ruby
# frozen_string_literal: true

# Converges a machine with the recipes of this repository, without Chef: Debian has none, and what the recipes do is to
# be seen before a machine is. Knows just the part of Chef that the recipes use; anything else is an error, so that it
# stays small. In tests only: machines run Cinc Client.
#
# Usage: converge.rb --json FILE --environment NAME [--root FOLDER] [--times N] [--guards FILE] [--image FILE] [--real]
#   --json         what cinc-client gets by -j: run_list and attributes
#   --root         folder that stands for / (nothing outside of it is touched)
#   --guards       JSON: answers of only_if/not_if by command or RESOURCE[NAME]; true, false, or a list, one per time
#   --image        JSON: what the image brings before the first converge (default: image.json beside this program)
#   --real         this machine itself: commands run, services start, files get their owners
# Prints JSON: what each converge did, and the files that there are then.

require 'json'
require 'optparse'
require_relative 'converge/run'

options = { root: '/', times: 1, guards: {}, image: File.join(__dir__, 'image.json') }
OptionParser.new do |parser|
  parser.on('--json FILE') { |file| options[:json] = JSON.parse(File.read(file)) }
  parser.on('--environment NAME') { |name| options[:environment] = name }
  parser.on('--root FOLDER') { |folder| options[:root] = File.realpath(folder) }
  parser.on('--times N', Integer) { |count| options[:times] = count }
  parser.on('--guards FILE') { |file| options[:guards] = JSON.parse(File.read(file)) }
  parser.on('--image FILE') { |file| options[:image] = file }
  parser.on('--repository FOLDER') { |folder| options[:repository] = File.realpath(folder) }
  parser.on('--real') { options[:real] = true }
end.parse!

begin
  missing = %i[json environment].reject { |name| options.key?(name) }
  raise Converge::Refused, "want --#{missing.join(' and --')}" unless missing.empty?
  raise Converge::Refused, 'want --root FOLDER, or --real' if options[:root] == '/' && !options[:real]

  puts JSON.generate(Converge::Run.new(**options).all)
rescue Converge::Refused => e
  warn "converge: #{e.message}"
  exit 1
end
