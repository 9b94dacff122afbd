# frozen_string_literal: true

name 'guestbook_marathon'
maintainer 'Platform engineering'
license 'Apache-2.0'
description 'Marathon, the framework that runs the guestbook on the cluster'
version '1.0.0'
chef_version '>= 18.0'
supports 'debian', '>= 12.0'

depends 'guestbook_base'
