# The Chef server, Marathon and Sensu's backend.

variable "cinc_server_url" {
  type        = string
  default     = "https://downloads.cinc.sh/files/stable/cinc-server/15.10.91/debian/12/cinc-server-core_15.10.91-1_amd64.deb"
  description = "Cinc Server 15."
  validation {
    condition     = regex_replace(var.cinc_server_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The cinc_server_url must start with https:// or http://, and hold no account."
  }
}

variable "cinc_server_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: published beside the file."
  validation {
    condition     = length(var.cinc_server_sha256) == 64 && regex_replace(var.cinc_server_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The cinc_server_sha256 must be 64 hexadecimal digits."
  }
}

variable "sensu_backend_url" {
  type        = string
  description = "Package sensu-go-backend 6.14 for Debian 12, from packagecloud.io/sensu/stable."
  validation {
    condition     = regex_replace(var.sensu_backend_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The sensu_backend_url must start with https:// or http://, and hold no account."
  }
}

variable "sensu_backend_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: packagecloud.io shows it."
  validation {
    condition     = length(var.sensu_backend_sha256) == 64 && regex_replace(var.sensu_backend_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The sensu_backend_sha256 must be 64 hexadecimal digits."
  }
}

variable "sensu_cli_url" {
  type        = string
  description = "Package sensu-go-cli 6.14 for Debian 12, from packagecloud.io/sensu/stable."
  validation {
    condition     = regex_replace(var.sensu_cli_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The sensu_cli_url must start with https:// or http://, and hold no account."
  }
}

variable "sensu_cli_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: packagecloud.io shows it."
  validation {
    condition     = length(var.sensu_cli_sha256) == 64 && regex_replace(var.sensu_cli_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The sensu_cli_sha256 must be 64 hexadecimal digits."
  }
}

variable "marathon_image" {
  type        = string
  description = "mesosphere/marathon:v1.11.24@sha256:…, from your copy of it: nobody maintains the original."
  validation {
    condition     = regex_replace(var.marathon_image, "^[a-z0-9./:_-]+@sha256:[0-9a-f]+$", "") == "" && length(split("@sha256:", var.marathon_image)[1]) == 64
    error_message = "The marathon_image must be a name with the digest of the image: NAME@sha256:DIGEST."
  }
}

locals {
  role     = "management"
  packages = ["docker.io"]
  downloads = [
    "cinc-server-core.deb|${var.cinc_server_url}|${var.cinc_server_sha256}",
    "sensu-go-backend.deb|${var.sensu_backend_url}|${var.sensu_backend_sha256}",
    "sensu-go-cli.deb|${var.sensu_cli_url}|${var.sensu_cli_sha256}",
  ]
  container_images = ["marathon=${var.marathon_image}"]
  # The first converge starts what the machine is for.
  units_off = ["sensu-backend.service"]
}
