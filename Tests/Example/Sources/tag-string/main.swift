import Tagger

let tagger = try Tagger(path: CommandLine.arguments[1])
for entity in tagger.entities(in: "Ada Nwosu moved to Porto. Kestrel Bank stayed.") {
  print(entity.type, entity.text, entity.bytes)
}
