# frozen_string_literal: true

require 'English'

lock '~> 3.17'

set :application, 'guestbook'
# Without it Capistrano takes Git's tasks for copying a checkout to machines.
set :scm, nil

# Runs a program of this folder in place of Capistrano's own words: it says itself how far it is, and what is wrong.
def program(name, *arguments)
  system(File.expand_path("../#{name}", __dir__), *arguments)
  status = $CHILD_STATUS.exitstatus || 1
  exit(status) unless status.zero?
end

def options
  given = ['--environment', fetch(:stage).to_s]
  given.push('--marathon', ENV['MARATHON']) if ENV['MARATHON']
  given.push('--timeout', ENV['TIMEOUT']) if ENV['TIMEOUT']
  given
end

# From the command line, or as the pipeline has written it down.
def version
  file = File.expand_path('../release/version', __dir__)
  ENV['VERSION'] || (File.read(file).strip if File.file?(file)) ||
    abort('cap: say which version: cap <environment> deploy VERSION=1.0.0-0123456789ab')
end

desc 'Make the environment run a version of the guestbook (VERSION=…), and go back where that fails'
task :deploy do
  program('deploy', *options, version)
end

namespace :deploy do
  desc 'Say what a deployment would send (VERSION=…), and change nothing'
  task :check do
    program('deploy', *options, '--dry-run', version)
  end
end
