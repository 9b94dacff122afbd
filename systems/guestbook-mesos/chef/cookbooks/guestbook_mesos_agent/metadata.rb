# frozen_string_literal: true

name 'guestbook_mesos_agent'
maintainer 'Platform engineering'
license 'Apache-2.0'
description 'A Mesos agent with Docker, which is drained before Auto Scaling ends it'
version '1.0.0'
chef_version '>= 18.0'
supports 'debian', '>= 12.0'

depends 'guestbook_base'
depends 'guestbook_registrator'
