import { useEffect, useRef } from 'react';

export function Candidate({ email, name, onCompleted }) {
  const panel = useRef(null);
  useEffect(() => {
    const element = panel.current;
    const listener = (event) => onCompleted(event.detail.session);
    element.addEventListener('evalon-completed', listener);
    return () => element.removeEventListener('evalon-completed', listener);
  }, [onCompleted]);
  return <evalon-assessments ref={panel} candidate-email={email} candidate-name={name} project-id="proj_abc123" />;
}
