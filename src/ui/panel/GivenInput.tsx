/** Values that a run was started with. Long ones are cut; the whole is in the title. */
interface Props {
  readonly title: string;
  readonly values: readonly { readonly name: string; readonly label: string; readonly value: string }[];
}

export function GivenInput({ title, values }: Props) {
  if (values.length === 0) return null;
  return (
    <dl className="given" aria-label={title}>
      {values.map(({ name, label, value }) => {
        const line = value.split('\n').join(', ');
        return (
          <div key={name}>
            <dt>{label}</dt>
            <dd title={line}>{line}</dd>
          </div>
        );
      })}
    </dl>
  );
}
