/** Checks that every room of src/ uses only what it may: npm run floors */
import process from 'node:process';
import { typeScriptSources } from './build/sources';
import { checkFloors } from './floors/cruise';

const { violations, modules } = await checkFloors(typeScriptSources('src'));
for (const violation of violations) console.error(violation);
console.log(`floors: ${modules} modules, ${violations.length} violations`);
process.exitCode = violations.length > 0 ? 1 : 0;
