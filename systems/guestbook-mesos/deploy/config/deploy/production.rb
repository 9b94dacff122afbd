# frozen_string_literal: true

# Where its Marathon is, environments.json says.
