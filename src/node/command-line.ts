import { readCommandLine } from './arguments';
import { checkCommand } from './check-settings';
import type { Environment } from './environment';
import { EXIT } from './exit';
import { runCommand } from './run-unit';
import { serveCommand } from './server/serve';
import type { Terminal } from './terminal';
import { textsOf } from './texts';

/** Carries out one command line and answers its exit code (0 Success, 1 Failure, 2 wrong arguments). */
export async function runCommandLine(
  argv: readonly string[],
  environment: Environment,
  terminal: Terminal,
  version: string,
): Promise<number> {
  const line = readCommandLine(argv, environment);
  const texts = textsOf(line.language);
  switch (line.kind) {
    case 'help':
      terminal.out(texts.cli.help);
      return EXIT.success;
    case 'serveHelp':
      terminal.out(texts.server.help);
      return EXIT.success;
    case 'version':
      terminal.out(`${version}\n`);
      return EXIT.success;
    case 'bad':
      terminal.error(`${line.message}\n${texts.cli.usageHint}\n`);
      return EXIT.badArguments;
    case 'run':
      return runCommand(line.run, terminal, texts);
    case 'check':
      return checkCommand(line.check, terminal, texts);
    case 'serve':
      return serveCommand(line.serve, terminal, texts, version);
  }
}
