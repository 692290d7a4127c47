/** Refuses user texts outside the dictionaries, where nobody would translate them: npm run texts */
import process from 'node:process';
import { typeScriptSources } from './build/sources';
import { eastAsianTexts } from './texts/find';

const DICTIONARIES = 'src/ui/dictionaries/';

let count = 0;
for (const [path, source] of typeScriptSources('src')) {
  if (path.startsWith(DICTIONARIES)) continue;
  for (const { line, text } of eastAsianTexts(path, source)) {
    count += 1;
    console.error(`${path}:${line}: ${text}`);
  }
}
console.log(`texts: ${count} outside the dictionaries`);
process.exitCode = count > 0 ? 1 : 0;
