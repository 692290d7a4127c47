import type { RunStatus } from '../../run/status';
import { useEnvironment } from './environment';
import { Icon } from './Icon';

/** Says everywhere that a run is a test, and how much of it is written. */
export function TestBanner({ status }: { readonly status: RunStatus }) {
  const { texts } = useEnvironment();
  const words = texts.control.test;
  const { test } = status;
  if (test === null) return null;
  return (
    <p className="test-banner">
      <Icon name="info" />
      <span>
        <strong>{words.title}</strong> {test.rowLimit === 0 ? words.planOnly : words.limited(test.rowLimit)}
        {test.cut > 0 && ` ${words.cut(test.cut)}`}
        {test.passesStops === true && ` ${words.passesStops}`}
      </span>
    </p>
  );
}
