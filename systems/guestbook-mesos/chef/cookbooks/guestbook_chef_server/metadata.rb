# frozen_string_literal: true

name 'guestbook_chef_server'
maintainer 'Platform engineering'
license 'Apache-2.0'
description 'The Chef server (Cinc): filled from the bucket, pruned and backed up'
version '1.0.0'
chef_version '>= 18.0'
supports 'debian', '>= 12.0'

depends 'guestbook_base'
