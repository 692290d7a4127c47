import type { Problem } from '../../definition/errors';
import { formatCount } from '../../ui/i18n';
import { Badge } from '../../ui/parts/Feedback';
import { useEnvironment, useTexts } from '../app/environment';

interface ProblemCountProps {
  readonly problems: readonly Problem[];
  /** Says nothing while there are none. */
  readonly quiet?: boolean;
}

/** Errors and warnings of something, or a word that there are none. */
export function ProblemCount({ problems, quiet }: ProblemCountProps) {
  const t = useTexts();
  const { language } = useEnvironment();
  const errors = problems.filter((found) => found.severity === 'error').length;
  const warnings = problems.filter((found) => found.severity === 'warning').length;
  if (errors > 0) {
    return <Badge tone="error">{t.commands.outline.problems(formatCount(errors, language))}</Badge>;
  }
  if (warnings > 0) {
    return <Badge tone="warning">{t.commands.outline.warnings(formatCount(warnings, language))}</Badge>;
  }
  return quiet ? null : <Badge tone="success">{t.units.ok}</Badge>;
}
