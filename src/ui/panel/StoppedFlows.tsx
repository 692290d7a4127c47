import type { RunStatus } from '../../run/status';
import { useEnvironment } from './environment';
import { explainFailure } from './explain-failure';
import { Icon } from './Icon';
import { ReportList } from './ReportList';

/** Flows that a data check has stopped, and what it found: they write nothing, whatever is confirmed. */
export function StoppedFlows({ status }: { readonly status: RunStatus }) {
  const { language } = useEnvironment();
  return status.flows.map((flow) =>
    flow.failure === null ? null : (
      <div key={flow.key}>
        <p className="note">
          <Icon name="warning" />
          <span>
            {flow.name}: {explainFailure(flow.failure, language).title}
          </span>
        </p>
        <ReportList reports={flow.commands.flatMap((command) => command.reports)} />
      </div>
    ),
  );
}
