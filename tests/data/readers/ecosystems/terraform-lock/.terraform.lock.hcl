# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.57.0"
  constraints = "~> 5.0"
  hashes = [
    "h1:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ=",
  ]
}

provider "terraform.till.example/example-tills/drawer" {
  version = "0.2.0"
}
