/** Packs the built plug-in into dist/nagare.zip: npm run pack */
import process from 'node:process';
import { PLUGIN_ZIP, packTo } from './pack/pack';

try {
  const packed = await packTo();
  for (const file of packed.files) console.log(`${String(file.bytes).padStart(9)}  ${file.path}`);
  console.log(`${String(packed.zip.length).padStart(9)}  ${PLUGIN_ZIP}`);
  console.log(`plug-in id ${packed.id}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
