# frozen_string_literal: true

name 'guestbook_registrator'
maintainer 'Platform engineering'
license 'Apache-2.0'
description 'Registers the containers of a machine in Consul'
version '1.0.0'
chef_version '>= 18.0'
supports 'debian', '>= 12.0'

depends 'guestbook_base'
