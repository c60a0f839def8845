import { type FocusEvent, type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** What is wrong with the fields, in words. A field without an entry is fine. */
export type Faults<Values> = Partial<Record<keyof Values, string>>;

type Options<Values> = {
  initial: Values;
  /** Checks all fields. Called on each render, so keep it pure and fast. */
  check(values: Values): Faults<Values>;
};

export type FieldProps = {
  name: string;
  value: string;
  error: string | undefined;
  onChange(event: { target: { value: string } }): void;
  onBlur(event: FocusEvent): void;
};

export type Form<Values> = {
  values: Values;
  set(changes: Partial<Values>): void;
  /** The props of a `Field`. */
  field(name: keyof Values & string): FieldProps;
  /** The props of the `form`. `send` gets values without faults; otherwise the first field with a fault gets the focus. */
  props(send: (values: Values) => void): {
    ref: RefObject<HTMLFormElement | null>;
    noValidate: true;
    onSubmit(event: FormEvent): void;
  };
  /** Shows faults that the server found, until their fields change. The first one gets the focus. */
  refuse(faults: Faults<Values>): void;
  /** Whether a value differs from the initial one. */
  isChanged: boolean;
  /** Takes these values as the initial ones: they are saved. */
  restart(values: Values): void;
};

/** Keeps the texts that a form holds. A field is checked when the reader leaves it, and all are checked before they are sent. */
export function useForm<Values extends Record<string, string>>({ initial, check }: Options<Values>): Form<Values> {
  const [start, setStart] = useState(initial);
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<Faults<Values>>({});
  const [focuses, setFocuses] = useState(0);
  const ref = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (focuses > 0) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [focuses]);

  const faults = check(values);
  const set = (changes: Partial<Values>) => {
    setValues((before) => ({ ...before, ...changes }));
    setRefused((before) => without(before, Object.keys(changes)));
  };
  return {
    values,
    set,
    field: (name) => ({
      name,
      value: values[name] ?? '',
      error: refused[name] ?? (left.has(name) ? faults[name] : undefined),
      onChange: ({ target }) => set({ [name]: target.value } as unknown as Partial<Values>),
      onBlur: ({ relatedTarget }) => {
        // The submit checks all. A fault that appears between the press and the release of its button would move the button away.
        if (values[name] !== '' && !isSubmit(relatedTarget)) setLeft((before) => new Set(before).add(name));
      },
    }),
    props: (send) => ({
      ref,
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        // A form in a dialog of another form must not send that one too: React's events follow the tree of components.
        event.stopPropagation();
        if (Object.values(faults).every((fault) => fault === undefined)) return send(values);
        setLeft(new Set(Object.keys(values)));
        setFocuses((count) => count + 1);
      },
    }),
    refuse: (found) => {
      setRefused(found);
      setFocuses((count) => count + 1);
    },
    isChanged: Object.keys(values).some((name) => values[name] !== start[name]),
    restart: (saved) => {
      setStart(saved);
      setValues(saved);
      setLeft(new Set());
      setRefused({});
    },
  };
}

function without<Values>(faults: Faults<Values>, names: readonly string[]): Faults<Values> {
  return Object.fromEntries(Object.entries(faults).filter(([name]) => !names.includes(name))) as Faults<Values>;
}

function isSubmit(element: EventTarget | null): boolean {
  return element instanceof HTMLButtonElement && element.type === 'submit';
}
