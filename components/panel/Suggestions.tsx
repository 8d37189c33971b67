import './Suggestions.css';

export interface SuggestionsProps {
  readonly questions: readonly string[];
  readonly onAsk: (question: string) => void;
}

/** What one could ask first. */
export function Suggestions({ questions, onAsk }: SuggestionsProps) {
  return (
    <ul class="suggestions">
      {questions.map((question) => (
        <li key={question}>
          <button type="button" onClick={() => onAsk(question)}>
            {question}
          </button>
        </li>
      ))}
    </ul>
  );
}
