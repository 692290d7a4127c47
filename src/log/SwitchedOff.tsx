import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JournalEntry } from '../run/ports';
import { formatMoment } from '../ui/i18n';
import { Icon } from '../ui/panel/Icon';
import { useLog } from './environment';
import { errorText } from './error-text';

/** Units that nobody can start until somebody has looked after them. */
export function SwitchedOff() {
  const { source } = useLog();
  const { data = [] } = useQuery({ queryKey: ['off'], queryFn: () => source.switchedOff() });
  return data.map((entry) => <Off key={entry.journalId} entry={entry} />);
}

function Off({ entry }: { readonly entry: JournalEntry }) {
  const { source, texts, language, timeZone } = useLog();
  const words = texts.off;
  const queries = useQueryClient();
  const enable = useMutation({
    mutationFn: () => source.enable(entry.journalId),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <section className="note off" aria-label={words.title(entry.unitName)}>
      <Icon name="lock" />
      <div>
        <p className="lead">{words.title(entry.unitName)}</p>
        <p>
          {entry.errorCode === 'remoteDisabled'
            ? // Enabling it here alone would not help.
              entry.message
            : words.why(formatMoment(entry.startedAtMs, language, timeZone), entry.user.name)}
        </p>
        {source.mayEnable ? (
          <button
            type="button"
            className="button"
            aria-disabled={enable.isPending || undefined}
            onClick={() => {
              if (!enable.isPending) enable.mutate();
            }}
          >
            {words.enable}
          </button>
        ) : (
          <p className="muted">{words.admin}</p>
        )}
        {enable.isError && (
          <p className="failure" role="alert">
            {words.failed(errorText(enable.error, language))}
          </p>
        )}
      </div>
    </section>
  );
}
