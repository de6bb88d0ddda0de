/*
 * sewer_volume.h
 *	  Sewer volume by blocks, or by a factor other than 1.
 */
#ifndef MISSION_RATES_SEWER_VOLUME_H
#define MISSION_RATES_SEWER_VOLUME_H

#include "rating/bill.h"

extern bool rate_sewer_quantity(const SewerRate *sewer, uint32_t class_id,
								int64_t gallons, Bill *bill, Problem *p);

#endif							/* MISSION_RATES_SEWER_VOLUME_H */
