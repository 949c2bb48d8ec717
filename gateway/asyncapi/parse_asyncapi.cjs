// Runs the program given and reads what it prints with the reference parser of AsyncAPI. Fails on
// any error or warning, and when the parser would also take a document that is broken.
const { execFileSync } = require('node:child_process');
const path = require('node:path');

const tools = path.join(__dirname, '../../tools/node_modules');
const { Parser } = require(path.join(tools, '@asyncapi/parser'));

const WARNING = 1;  // Of Spectral's severities: 0 is an error; 2 and 3 are advice.

async function complaints(text) {
  const { document, diagnostics } = await new Parser().parse(text);
  const grave = diagnostics.filter((each) => each.severity <= WARNING);
  return { document, lines: grave.map((each) => `${each.path.join('.')}: ${each.message}`) };
}

async function main() {
  const text = execFileSync(process.argv[2], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const { document, lines } = await complaints(text);
  lines.forEach((line) => console.error(line));
  if (lines.length > 0 || document === undefined) return 1;

  const broken = text.replace('"#/components/messages/consultation.round_opened"', '"#/nowhere"');
  if ((await complaints(broken)).lines.length === 0) {
    console.error('a reference to nowhere is not noticed');
    return 1;
  }
  console.log(`${document.channels().length} channels, ${document.allMessages().length} messages`);
  return 0;
}

main().then((code) => process.exit(code));
