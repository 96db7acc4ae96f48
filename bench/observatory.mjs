// What MDN's HTTP Observatory says of one host on this machine: `node observatory.mjs FOLDER HOST HTTP_PORT HTTPS_PORT`.
// FOLDER is where @mdn/mdn-http-observatory is installed. Its own command knows no ports, so its parts are called here.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , folder, host, httpPort, httpsPort] = process.argv;
const root = `${folder}/node_modules/@mdn/mdn-http-observatory`;
const part = (name) => import(pathToFileURL(`${root}/src/${name}`).href);
// Lists that its installation fetches: which hosts are preloaded, and which domains are public. Ours is on neither.
writeFileSync(`${root}/conf/hsts-preload.json`, "{}");
const { retrieve } = await part("retriever/retriever.js");
const { ALL_TESTS } = await part("constants.js");
const { getGradeForScore, getScoreDescription, getScoreModifier } = await part("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await part("grader/charts.js");

const found = await retrieve(host, { httpPort, httpsPort });
const results = ALL_TESTS.map((test) => test(found));
const points = results.map(({ result }) => getScoreModifier(result));
const lost = points.filter((one) => one < 0).reduce((sum, one) => sum + one, 100);
const score = lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? points.reduce((sum, one) => sum + one, 100) : lost;
console.log(JSON.stringify({
  ...getGradeForScore(score),
  status: found.responses.auto?.status,
  tests: results.map((one, place) => ({
    name: one.constructor.name, pass: one.pass, result: one.result, points: points[place],
    told: getScoreDescription(one.result).replace(/<[^>]+>/g, ""),
  })),
}));
