import type { CommandReport } from '../../commands/types';
import { useEnvironment } from './environment';
import { explainFailure } from './explain-failure';

/** Things worth knowing although the run goes on, one line each. */
export function ReportList({ reports }: { readonly reports: readonly CommandReport[] }) {
  const { texts, language, names } = useEnvironment();
  if (reports.length === 0) return null;
  const placeNames = {
    app: (appId: string) => names.appName({ appId }),
    field: (appId: string, code: string) => names.fieldLabel({ appId }, code),
  };
  return (
    <section className="reports">
      <h3>{texts.reports.title}</h3>
      <ul>
        {reports.map((report, index) => {
          const { title, remedy } = explainFailure(report, language, placeNames);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list of one snapshot never changes its order
            <li key={index}>
              {texts.reports.item(title, report.count)} <span className="muted">{remedy}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
