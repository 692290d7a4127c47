/** Entry of the `nagare` command. */
import process from 'node:process';
import manifest from '../../manifest.json';
import { runCommandLine } from './command-line';
import type { Terminal } from './terminal';

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  columns: process.stdout.isTTY && process.stderr.isTTY ? process.stdout.columns : null,
  onInterrupt(listener) {
    process.on('SIGINT', listener);
    return () => void process.off('SIGINT', listener);
  },
  onSignal(signal, listener) {
    process.on(signal, listener);
    return () => void process.off(signal, listener);
  },
  exit: (code) => process.exit(code),
};

// Not process.exit: what is still on its way to a pipe would be lost.
process.exitCode = await runCommandLine(process.argv.slice(2), process.env, terminal, manifest.version);
