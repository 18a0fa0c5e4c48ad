package dev.drydock.verify.facts;

import java.util.List;
import java.util.Map;

/** A container as {@code docker inspect} tells; {@code networkMode} is {@code bridge} (also for {@code default}), {@code host}, {@code none}, {@code container:ID} or a network's name; {@code status} is {@code running}, {@code exited} …; {@code exitCode} is that of the last run and means something only while it is not running. */
public record Container(String id, String name, String image, String status, boolean running, int exitCode, int pid, String networkMode, Map<String, Attachment> attachments, List<String> ports, Reading<String> logs) {}
