import Tagger

let classifier = try Classifier(path: CommandLine.arguments[1])
let answer = classifier.label(of: "A film that outstays its welcome.")
print(answer.label, answer.probability)
