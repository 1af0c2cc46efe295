package eval

// published is one row of figures that others reported for a task, to be held beside
// ours. Keys are our metrics; figures are percent.
type published struct {
	system  string
	figures map[string]float64
	source  string
}

// comparison is a table of published rows and how their set-up differs from ours.
type comparison struct {
	metrics []string
	rows    []published
	setUp   string
}

// Where figures stand.
const (
	cofenet = "Wang et al., COLING 2022 (https://aclanthology.org/2022.coling-1.215)"
	onTest  = "published for PolNeAR's test part"
)

// comparisons are by task and corpus.
var comparisons = map[string]comparison{
	"quote polnear": {
		metrics: []string{"strict source", "strict cue", "strict content", "strict triple"},
		rows: []published{
			{"CoreNLP", map[string]float64{"strict source": 13.9, "strict content": 17.5}, onTest},
			{"CRF", map[string]float64{"strict source": 50.6, "strict cue": 53.4, "strict content": 28.6}, onTest},
			{"BiLSTM-CRF", map[string]float64{"strict source": 69.6, "strict cue": 66.7, "strict content": 59.0}, onTest},
			{"best without a pretrained language model", map[string]float64{"strict source": 73.3, "strict cue": 66.7, "strict content": 63.6}, onTest},
			{"BERT + CofeNet, the best known", map[string]float64{"strict source": 83.2, "strict cue": 75.3, "strict content": 72.9}, cofenet},
			{"two human annotators against each other", map[string]float64{"strict source": 77.7, "strict cue": 70.5, "strict content": 68.4, "strict triple": 56.3},
				"PolNeAR's 20 articles with several annotators; whole contents 65.9"},
		},
		setUp: "Published figures of systems are of the test part, on passages with gold tokens; ours are of the dev part, from raw articles. The encoder has learnt to guess words from 38 million words of news, so it stands between systems with and without a pretrained language model.",
	},
	"times timex": {
		metrics: []string{"value"},
		rows: []published{
			{"HeidelTime", map[string]float64{"value": 77.6}, "published for TempEval-3's test part"},
			{"SUTime", map[string]float64{"value": 67.4}, "published for TempEval-3's test part"},
		},
		setUp: "Published figures are of TempEval-3's test part; ours are of dev parts of TimeBank, AQUAINT and WikiWars, from raw text.",
	},
	"places geo": {
		metrics: []string{"gold spans, 161 km"},
		rows: []published{
			{"Mordecai 3", map[string]float64{"gold spans, 161 km": 82.7}, "published for LGL, with all of GeoNames and a transformer"},
		},
		setUp: "Published figures are with all of GeoNames; ours are with the gazetteer that ships, of which a perfect choice stands in the row of that name.",
	},
	"certainty uw": {
		metrics: []string{"Pearson r"},
		rows: []published{
			{"the best known, with a large pretrained language model", map[string]float64{"Pearson r": 83}, "published for UW's test part"},
		},
		setUp: "The published figure is of the test part; ours is of the dev part, on given words. The baseline looks at the four words before the one judged.",
	},
	"events plover": {
		metrics: []string{"macro-F1, no actors", "macro-F1, actors given"},
		rows: []published{
			{"bag of words", map[string]float64{"macro-F1, no actors": 60, "macro-F1, actors given": 71}, "five folds over train and dev"},
			{"GPT-4", map[string]float64{"macro-F1, actors given": 61.5}, "published for PLV's test part"},
			{"zero-shot NLI", map[string]float64{"macro-F1, actors given": 82.4}, "published for PLV's test part"},
			{"ConfliBERT, supervised", map[string]float64{"macro-F1, actors given": 86.7}, "published for PLV's test part"},
		},
		setUp: "Published figures are of the test part, with transformers; ours are of the dev part, by a regression of less than a megabyte. models/event/card.md has five folds over train and dev.",
	},
	"syntax ud-ewt": {
		metrics: []string{"UPOS", "XPOS", "lemmas", "UAS", "LAS", "sentences"},
		rows: []published{
			{"spaCy en_udv25_englishewt_trf", map[string]float64{"UPOS": 96.9, "XPOS": 96.4, "lemmas": 97.4, "UAS": 91.9, "LAS": 89.4, "sentences": 90.6},
				"its model card (https://huggingface.co/explosion/en_udv25_englishewt_trf)"},
		},
		setUp: "Published figures are for UD 2.5, from raw text, with a pretrained transformer; ours are of the dev part of a later release, tags and trees on gold words, with an encoder that has read 38 million words of news.",
	},
}
