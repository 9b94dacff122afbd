# frozen_string_literal: true

name 'guestbook_gocd'
maintainer 'Platform engineering'
license 'Apache-2.0'
description 'Delivery: the GoCD server, and agents that register themselves'
version '1.0.0'
chef_version '>= 18.0'
supports 'debian', '>= 12.0'

depends 'guestbook_base'
