# frozen_string_literal: true

name 'guestbook_base'
maintainer 'Platform engineering'
license 'Apache-2.0'
description 'What every machine of the cluster has, and the attributes that all cookbooks share'
version '1.0.0'
chef_version '>= 18.0'
supports 'debian', '>= 12.0'
