import { readFile } from 'node:fs/promises';
import { decodeSettingsText } from '../definition/decode';
import type { Settings } from '../definition/types';
import type { Texts } from './texts';

export type SettingsReply =
  | { readonly kind: 'ok'; readonly settings: Settings }
  | { readonly kind: 'bad'; readonly message: string };

/** Reads settings as the plug-in exports them; a message when the file or its content is no good. */
export async function readSettings(path: string, texts: Texts): Promise<SettingsReply> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return {
      kind: 'bad',
      message: texts.cli.bad.file(path, error instanceof Error ? error.message : String(error)),
    };
  }
  // Editors on Windows put a byte order mark in front.
  const decoded = decodeSettingsText(text.replace(/^\ufeff/, ''));
  if (decoded.ok) return { kind: 'ok', settings: decoded.value };
  return { kind: 'bad', message: texts.cli.bad.file(path, texts.sentence(decoded.error)) };
}
