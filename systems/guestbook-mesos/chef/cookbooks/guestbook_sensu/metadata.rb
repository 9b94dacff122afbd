# frozen_string_literal: true

name 'guestbook_sensu'
maintainer 'Platform engineering'
license 'Apache-2.0'
description 'Monitoring: the Sensu backend with its checks, and an agent on every machine'
version '1.0.0'
chef_version '>= 18.0'
supports 'debian', '>= 12.0'

depends 'guestbook_base'
