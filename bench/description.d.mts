export function descriptionOf(services: number): string;
