print("spawnlint")
