package org.facteur.wire.report;

/// What was done and why.
public record DeliveryOutcome(DeliveryAction action, EnhancedStatus status) {}
