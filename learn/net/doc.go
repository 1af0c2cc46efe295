// Package net trains small networks and runs them frozen.
//
// In go matrices of weights ([Params]) and a computation written as calls on a [Shard];
// out come losses, gradients and better weights. A call such as [Shard.Linear] computes
// its result at once and notes on a tape how gradients go back through it; [Shard.Backward]
// runs the tape. Shards compute parts of a batch at the same time, each with its own
// memory, and [Optimizer.Step] adds their gradients in a fixed order, so that the same
// seed and data give the same weights however many cores there are.
//
//	w := params.Dense("w", 4, 2)
//	s := net.NewShard(params, 1)
//	s.Softmax(s.Linear(x, w, nil), targets, 1)
//	s.Backward()
//	net.NewOptimizer(params).Step([]*net.Shard{s})
//
// Frozen layers ([Layer], [Unit]) hold int8 weights and are read from a model file.
//
// What it gets wrong: products of training are rounded to bfloat16 where the processor
// has tiles for it (AMX), so weights trained on such a one differ in their last digits
// from those trained on another.
package net
