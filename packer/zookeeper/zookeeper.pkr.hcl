# A member of the ZooKeeper ensemble, all from Debian.

locals {
  role             = "zookeeper"
  packages         = ["zookeeper"]
  downloads        = []
  container_images = []
  # The first converge starts what the machine is for.
  units_off = []
}
