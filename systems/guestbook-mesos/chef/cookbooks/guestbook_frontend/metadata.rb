# frozen_string_literal: true

name 'guestbook_frontend'
maintainer 'Platform engineering'
license 'Apache-2.0'
description 'The front door: nginx, fed by consul-template, on two machines of which one has the Elastic IP'
version '1.0.0'
chef_version '>= 18.0'
supports 'debian', '>= 12.0'

depends 'guestbook_base'
