// counts what is in the till
module till.example/till

go 1.22

toolchain go1.22.5

require (
	github.com/pkg/errors v0.9.1
	golang.org/x/text v0.16.0 // indirect
)

require drawer.example/drawer v1.2.0

replace (
	drawer.example/drawer => ../drawer
	github.com/pkg/errors v0.9.1 => github.com/example-tills/errors v0.9.2
)

exclude golang.org/x/text v0.3.0
