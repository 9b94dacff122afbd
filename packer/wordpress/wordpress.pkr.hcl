# WordPress as a container image and as a machine image, by the same Ansible playbook: only the source knows Docker (S2-17).
#
#   packer build -var commit=$(git rev-parse HEAD) -only='*.docker.*' -var registry=… packer/wordpress

variable "base_image" {
  type        = string
  default     = ""
  description = "Container image to start from. Empty: the catalogue's."
}

variable "pull" {
  type        = bool
  default     = true
  description = "Fetch the base image from its registry, even if the engine has one of that name."
}

variable "registry" {
  type        = string
  default     = "slipway/wordpress"
  description = "Repository to tag for and to push to, as the platform stack prints it: the host of the registry, a slash, a name."
}

variable "ecr_login" {
  type        = bool
  default     = true
  description = "Log in with the AWS credentials of the environment. False: a registry that asks for none, or docker login was done."
}

variable "archive" {
  type        = object({ release = string, url = string, sha256 = string })
  default     = { release = "", url = "", sha256 = "" }
  description = "Another archive of WordPress than the catalogue's; the url may be a file:// of this machine."
}

locals {
  role      = "wordpress"
  container = "slipway-packer-wordpress-${formatdate("YYYYMMDDhhmmss", timestamp())}"
  archive   = var.archive.url == "" ? { release = local.release, url = local.image.source.url, sha256 = local.image.source.sha256 } : var.archive
  playbook_variables = {
    wordpress_archive = local.archive
  }
}

source "docker" "container" {
  image  = var.base_image == "" ? local.image.base.image : var.base_image
  pull   = var.pull
  commit = true
  # A name of its own, by which Ansible finds it.
  run_command = ["-d", "-i", "-t", "--name", local.container, "--entrypoint=/bin/sh", "--", "{{.Image}}"]
  changes = [
    "ENTRYPOINT [\"/usr/local/bin/wordpress-entrypoint\"]",
    "CMD []",
    "EXPOSE 80",
    "LABEL org.opencontainers.image.title=slipway-wordpress",
    "LABEL org.opencontainers.image.version=${local.image.version}",
    "LABEL org.opencontainers.image.revision=${var.commit}",
  ]
}

build {
  name    = "wordpress"
  sources = ["source.docker.container", "source.amazon-ebs.machine"]

  # Ansible needs Python on the other side (S2-21); Debian's machines have it, its container images do not.
  provisioner "shell" {
    only = ["docker.container"]
    inline = [
      "apt-get -o Acquire::Retries=5 update",
      "apt-get -o Acquire::Retries=5 install -y --no-install-recommends python3 python3-apt",
    ]
  }

  provisioner "ansible" {
    playbook_file    = "${path.root}/../../systems/wordpress/ansible/playbook.yml"
    user             = "admin"
    ansible_env_vars = ["ANSIBLE_CONFIG=${path.root}/../ansible.cfg"]
    extra_arguments  = ["--extra-vars", jsonencode(local.playbook_variables)]
    override = {
      # Into the container through the engine: no SSH server ends up in the image (S2-D03).
      container = {
        user = "root"
        extra_arguments = [
          "--extra-vars", jsonencode(local.playbook_variables),
          "--connection", "docker", "--extra-vars", "ansible_host=${local.container}",
        ]
      }
    }
  }

  # Last: cleans, then verifies. The script may remove what Packer would clean up itself.
  provisioner "shell" {
    script     = "${path.root}/../common/seal.sh"
    skip_clean = true
  }

  post-processors {
    post-processor "docker-tag" {
      only       = ["docker.container"]
      repository = var.registry
      tags       = [local.image.version]
    }
    post-processor "docker-push" {
      name         = "push"
      only         = ["docker.container"]
      ecr_login    = var.ecr_login
      login_server = var.ecr_login ? "https://${split("/", var.registry)[0]}" : ""
    }
  }
}
