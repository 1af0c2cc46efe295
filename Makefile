# What is done by hand. .ci/run is what every change must pass.
CORPORA ?= ../shared/corpora
TASK ?= syntax quote reader names coref event certainty

.PHONY: check bench train eval

# Everything that a change must pass.
check:
	.ci/run

# Speed, memory and start on this machine.
bench:
	go run . bench --corpora $(CORPORA)

# The models anew, each built into the program before the next is trained.
# One of them: make train TASK=quote. What raw news teaches takes an hour of its own:
# make train TASK=words
train:
	for task in $(TASK); do go run . train $$task --corpora $(CORPORA) || exit 1; done

# Scores on dev parts into RESULTS.md.
eval:
	go run . eval --corpora $(CORPORA) --write --floors
