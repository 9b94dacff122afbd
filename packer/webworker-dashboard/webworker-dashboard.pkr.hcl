# The machines of the system `dashboard`: Docker, the code, and the two images of the application. No swarm and no account of
# the database inside: see docs/decisions/0006-swarm-state-not-baked.md.
#
#   packer build -var commit=$(git rev-parse HEAD) -var repository_url=https://… packer/webworker-dashboard
#
# The image keeps one name for ever (S4-35); systems/dashboard/infra/scripts/replace-packer-ami.sh withdraws the old one first.

variable "repository_url" {
  type        = string
  default     = ""
  description = "Git repository of the code, as the machines reach it: they keep pulling from it."
  validation {
    condition     = var.repository_url == "" || regex_replace(var.repository_url, "^((https|git|file)://|ssh://([a-z0-9_-]+@)?)[^@ ]+$", "") == ""
    error_message = "The repository_url must start with https://, ssh://, git:// or file:// and hold no account: it stays in the image."
  }
}

variable "repository_branch" {
  type    = string
  default = "master"
}

# Only to push the two images (S4-22): without both, nothing is pushed.

variable "dockerhub_user" {
  type    = string
  default = env("DOCKERHUB_USER")
}

variable "dockerhub_pass" {
  type      = string
  default   = env("DOCKERHUB_PASS")
  sensitive = true
}

variable "namespace" {
  type        = string
  default     = ""
  description = "Where in the registry to push to. Empty: the user."
}

variable "docker_registry" {
  type        = string
  default     = ""
  description = "Host of the registry to push to. Empty: Docker Hub."
}

locals {
  role = "webworker-dashboard"
}

build {
  name    = "webworker-dashboard"
  sources = ["source.amazon-ebs.machine"]

  provisioner "shell" {
    script = "${path.root}/app-server-config.sh"
    # As a file, that Packer removes: on a command line every process of the machine could read the values.
    use_env_var_file = true
    environment_vars = [
      "REPOSITORY_URL=${var.repository_url}",
      "REPOSITORY_BRANCH=${var.repository_branch}",
      "DOCKERHUB_USER=${var.dockerhub_user}",
      "DOCKERHUB_PASS=${var.dockerhub_pass}",
      "NAMESPACE=${var.namespace}",
      "DOCKER_REGISTRY=${var.docker_registry}",
    ]
  }

  # Last: cleans, then verifies. The script may remove what Packer would clean up itself.
  provisioner "shell" {
    script     = "${path.root}/../common/seal.sh"
    skip_clean = true
  }
}
